// Builds lemur.js, the ES module that the site serves beside its pages, after the site itself.
import { defineConfig } from 'vite';

export default defineConfig({
	base: './',
	publicDir: false,
	worker: {
		format: 'es',
		rollupOptions: { output: { entryFileNames: 'lemur/[name]-[hash].js' } },
	},
	build: {
		target: 'es2022',
		outDir: 'build',
		emptyOutDir: false,
		assetsDir: 'lemur',
		modulePreload: false,
		rollupOptions: {
			input: { lemur: 'src/lib/scripting/module.ts' },
			preserveEntrySignatures: 'strict',
			output: { entryFileNames: 'lemur.js', chunkFileNames: 'lemur/[name]-[hash].js' },
		},
	},
});
