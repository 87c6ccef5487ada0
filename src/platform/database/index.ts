export { applicationRole, connectionOf } from './connection.ts';
export { type Database, type DatabaseOptions, isDuplicate, openDatabase } from './database.ts';
export { MigrationFault, migrate } from './migrate.ts';
export { plainArray, type Sql } from './sql.ts';
