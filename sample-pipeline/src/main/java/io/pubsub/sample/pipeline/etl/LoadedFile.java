package io.pubsub.sample.pipeline.etl;

/**
 * A file that is in the database.
 *
 * @param name the name of the file
 * @param loaded the number of its orders
 * @param rejected the number of its lines that are no orders
 * @param attempt the number of the attempt that has loaded it, from 1
 * @param process the id of the process that has loaded it
 */
record LoadedFile(String name, int loaded, int rejected, int attempt, long process) {

}
