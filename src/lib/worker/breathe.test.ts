import { expect, it } from 'vitest';
import { breathe } from './breathe';

it('lets messages in that wait already', async () => {
	const { port1, port2 } = new MessageChannel();
	const heard: unknown[] = [];
	port1.onmessage = ({ data }) => heard.push(data);
	port2.postMessage('first');
	expect(heard).toEqual([]);
	await breathe();
	await breathe();
	expect(heard).toEqual(['first']);
	port1.close();
});
