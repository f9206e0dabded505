/** The SQL editor on CodeMirror 6, loaded when the SQL room opens. Tab leaves it. */
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { sql, SQLite } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { SqlPosition } from '$lib/db/sql/sql-error';

export interface EditorOptions {
	readonly text: string;
	/** table → columns, for completion */
	readonly schema: Readonly<Record<string, readonly string[]>>;
	readonly onChange: (text: string) => void;
	readonly onRun: () => void;
	readonly onCancel: () => void;
}

export interface Editor {
	/** Shows another text; nothing happens when it is the text shown. */
	show(text: string): void;
	/** Underlines the place of a mistake until the text changes; null takes the line away. */
	mark(position: SqlPosition | null): void;
	destroy(): void;
}

const setMark = StateEffect.define<SqlPosition | null>();
const mistake = Decoration.mark({
	class: 'cm-mistake',
	attributes: { title: 'The mistake is here' },
});
const markField = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update(marks, { effects, docChanged, newDoc }) {
		let next = docChanged ? Decoration.none : marks;
		for (const effect of effects) {
			if (!effect.is(setMark)) continue;
			const { start, end } = effect.value ?? { start: 0, end: 0 };
			const known = start < end && end <= newDoc.length;
			next = known ? Decoration.set([mistake.range(start, end)]) : Decoration.none;
		}
		return next;
	},
	provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
	{ tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
	{ tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
	{ tag: tags.number, color: 'var(--series-2)' },
	{ tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
	'&': { backgroundColor: 'var(--bg)', color: 'var(--text)', fontSize: '0.875rem' },
	'.cm-content': { fontFamily: 'var(--mono)', minHeight: '10rem', caretColor: 'var(--text)' },
	'.cm-cursor': { borderLeftColor: 'var(--text)' },
	'.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--muted)', border: 'none' },
	'&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
		backgroundColor: 'var(--accent-soft) !important',
	},
	'.cm-mistake': {
		textDecoration: 'underline wavy var(--bad) 1.5px',
		backgroundColor: 'var(--bad-soft)',
	},
	'.cm-tooltip': { backgroundColor: 'var(--raised)', borderColor: 'var(--line-strong)' },
	'.cm-tooltip-autocomplete ul li[aria-selected]': {
		backgroundColor: 'var(--accent-soft)',
		color: 'var(--text)',
	},
});

export function createEditor(parent: HTMLElement, options: EditorOptions): Editor {
	const { schema, onChange, onRun, onCancel } = options;
	const tables = Object.fromEntries(
		Object.entries(schema).map(([name, list]) => [name, [...list]]),
	);
	let showing = false;
	const view = new EditorView({
		parent,
		state: EditorState.create({
			doc: options.text,
			extensions: [
				lineNumbers(),
				history(),
				keymap.of([
					{ key: 'Mod-Enter', run: () => (onRun(), true) },
					{ key: 'Escape', run: () => (onCancel(), false) },
					...completionKeymap,
					...defaultKeymap,
					...historyKeymap,
				]),
				sql({ dialect: SQLite, schema: tables, upperCaseKeywords: true }),
				autocompletion(),
				syntaxHighlighting(colours),
				look,
				markField,
				EditorView.lineWrapping,
				EditorView.contentAttributes.of({ 'aria-label': 'SQL statement', id: 'sql-text' }),
				EditorView.updateListener.of((update) => {
					if (update.docChanged && !showing) onChange(update.state.doc.toString());
				}),
			],
		}),
	});
	return {
		show(text) {
			if (view.state.doc.toString() === text) return;
			showing = true;
			view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
			showing = false;
		},
		mark: (position) => view.dispatch({ effects: setMark.of(position) }),
		destroy: () => view.destroy(),
	};
}
