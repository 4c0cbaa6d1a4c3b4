import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const COMPRESSIBLE = /\.(html|js|css|svg|webmanifest)$/;

/** Writes `x.br` and `x.gz` beside each text file of the build, so that the server has but to choose one. */
function precompressed(): Plugin {
  return {
    name: 'palabre:precompressed',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) throw new Error('The build has no folder to write to: set build.outDir in vite.config.ts.');
      for (const file of await readdir(dir, { recursive: true })) {
        if (!COMPRESSIBLE.test(file)) continue;
        const path = join(dir, file);
        const bytes = await readFile(path);
        // Both at their highest quality, which is their default here (brotli) or asked for (gzip).
        await writeFile(`${path}.br`, brotliCompressSync(bytes));
        await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/**
 * Parts that are fetched later have nothing to be preloaded with them, and say themselves what is to be done if they cannot be fetched. So the
 * function that Vite puts around each `import()`, nine hundred bytes of what is needed at first, comes down to the import.
 */
function plainImports(): Plugin {
  return {
    name: 'palabre:plain-imports',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      return id.endsWith('vite/preload-helper.js')
        ? 'export const __vitePreload = (load) => load();'
        : undefined;
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [plainImports(), precompressed()],
  build: {
    outDir: 'build',
    // The first browsers with light-dark() and popover, of spring 2024.
    target: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    // One sheet of styles at first (ui/later.ts fetches the other), and nothing preloaded.
    cssCodeSplit: false,
    modulePreload: false,
    // What is needed at first in one file: cut in two by what the rest shares with it, it compresses worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
  },
});
