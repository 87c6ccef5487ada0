import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const centre = `http://127.0.0.1:${process.env.PORT ?? '8080'}`;

const dist = fileURLToPath(new URL('dist', import.meta.url));

/** Beside every script and style its Brotli form, made once; the centre sends that to whoever takes it. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  closeBundle() {
    const folder = join(dist, 'assets');
    for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file))) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(readFileSync(join(folder, name)), { params }));
    }
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), compressed],
  build: {
    outDir: dist,
    emptyOutDir: true,
    // Ant Design and ECharts are each one large file; they are fetched once and kept.
    chunkSizeWarningLimit: 1500,
  },
  server: {
    // Contracts and wordings live beside the server's code.
    fs: { allow: ['..'] },
    proxy: { '/api': centre, '/field': centre },
  },
});
