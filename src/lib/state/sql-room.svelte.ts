/** The SQL room: one statement at a time on a private copy of the open snapshot. */
import { parameterNames } from '$lib/db/sql/run';
import { readingStatement } from '$lib/db/sql/gate';
import type { SqlResult } from '$lib/db/sql/protocol';
import { SqlError, type SqlPosition } from '$lib/db/sql/sql-error';
import { pageClients } from './scripting.svelte';
import { panelError, type PanelError } from './resource.svelte';

export class SqlRoom {
	result = $state.raw<SqlResult>();
	error = $state.raw<PanelError>();
	/** the place in the statement that `error` means, where SQLite tells it */
	mistake = $state.raw<SqlPosition | null>(null);
	running = $state(false);
	status = $state('');
	params = $state.raw<Readonly<Record<string, string>>>({});

	setParam(name: string, value: string): void {
		this.params = { ...this.params, [name]: value };
	}

	/** Names after `:` in a statement that may be run; none while it cannot be read. */
	parameterNames(sql: string): readonly string[] {
		try {
			return parameterNames(readingStatement(sql)).map((name) => name.replace(/^[:@$]/, ''));
		} catch {
			return [];
		}
	}

	/** @param defaults values of parameters that were not typed */
	async run(sql: string, defaults: Readonly<Record<string, string>> = {}): Promise<void> {
		if (this.running) return;
		this.running = true;
		this.error = undefined;
		this.mistake = null;
		this.status = 'Running…';
		try {
			const given = { ...defaults, ...this.params };
			const names = this.parameterNames(sql);
			const params = Object.fromEntries(names.map((name) => [name, given[name] ?? '']));
			this.result = await pageClients().sql('').run(sql, params);
			const { rows, ms, truncated } = this.result;
			const cut = truncated ? ' (cut at the limit)' : '';
			this.status = `${rows.toLocaleString('en-US')} rows${cut} in ${ms.toFixed(0)} ms`;
		} catch (thrown) {
			this.error = panelError(thrown);
			this.mistake = thrown instanceof SqlError ? thrown.position : null;
			this.result = undefined;
			this.status = '';
			if (this.error.code === 'SQL_STOPPED') await this.#reportReady();
		} finally {
			this.running = false;
		}
	}

	async #reportReady(): Promise<void> {
		const { ms } = await pageClients().sql('').ready();
		this.status = `Stopped; ready again after ${(ms / 1000).toFixed(1)} s`;
	}

	cancel(): void {
		if (this.running) pageClients().sql('').cancel();
	}
}
