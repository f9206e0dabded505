/** The SQL worker: a private copy of the database, ended whenever a statement must stop. */
import { loadSqlForPeople } from './load';
import { serveSql } from './serve';

serveSql(
	{
		postMessage: (message, transfer) => self.postMessage(message, { transfer }),
		addEventListener: (type, listener) => self.addEventListener(type, listener),
		removeEventListener: (type, listener) => self.removeEventListener(type, listener),
	},
	loadSqlForPeople,
);
