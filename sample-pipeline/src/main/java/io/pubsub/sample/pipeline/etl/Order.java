package io.pubsub.sample.pipeline.etl;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An order.
 *
 * @param line the number of its line in the file, from 1
 * @param number the number of the order
 * @param customer the name of the customer
 * @param amount the amount to pay
 * @param placed the day on which it was placed
 */
record Order(int line, String number, String customer, BigDecimal amount, LocalDate placed) {

}
