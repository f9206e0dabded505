import { storeContract } from './contract';
import { indexedDbPlace } from './testing';

storeContract('IndexedDB in the browser', indexedDbPlace);
