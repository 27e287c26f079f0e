create table if not exists loaded_file (
	digest char(64) primary key,
	name varchar(255) not null,
	loaded int not null,
	rejected int not null,
	attempt int not null,
	process bigint not null,
	loaded_at timestamp with time zone default current_timestamp not null
);

create table if not exists orders (
	digest char(64) not null references loaded_file,
	line int not null,
	number varchar(40) not null,
	customer varchar(200) not null,
	amount decimal(12, 2) not null,
	placed date not null,
	primary key (digest, line)
);
