import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const CORE =
	'src/lib/{nn,nets,bench,datasets,transforms,metrics,train,hpo,db,stats,picture,xlsx,store,worker,url,scripting}/**/*.ts';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'static/stat-db/', 'test-results/', 'playwright-report/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'no-console': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			eqeqeq: 'error',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: { 'svelte/no-at-html-tags': 'error' },
	},
	{
		// The core runs in Node and in workers: no SvelteKit, no runes, no user interface.
		files: [CORE],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: [
								'$app/*',
								'$lib/*',
								'**/*.svelte',
								'**/*.svelte.ts',
								'**/state/**',
								'**/ui/**',
								'svelte',
								'svelte/*',
							],
							message:
								'The core is plain TypeScript: runes and $app belong in state/, ui/ and routes/.',
						},
					],
				},
			],
			'no-restricted-globals': ['error', { name: '$state', message: 'No runes in the core.' }],
			'no-restricted-syntax': [
				'error',
				{
					selector: "NewExpression[callee.name='Worker']",
					message: 'Only lib/worker/spawn.ts makes workers.',
				},
			],
		},
	},
	{
		// It changes the fragment only, which is no route.
		files: ['src/lib/state/link.svelte.ts'],
		rules: {
			'svelte/no-navigation-without-resolve': [
				'error',
				{ ignorePushState: true, ignoreReplaceState: true },
			],
		},
	},
	{ files: ['src/lib/worker/spawn.ts'], rules: { 'no-restricted-syntax': 'off' } },
	{ files: ['scripts/**'], rules: { 'no-console': 'off' } },
);
