#!/bin/sh
# A database with an owner of its own for Prefect and for MLflow. PostgreSQL's image runs this once,
# when its volume is new; on a server of your own, run it with PGHOST, PGUSER, ... set.
set -eu

create() {
  psql --set=ON_ERROR_STOP=1 --set=name="$1" --set=password="$2" --dbname postgres <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
SQL
}

create prefect "$PREFECT_DB_PASSWORD"
create mlflow "$MLFLOW_DB_PASSWORD"
