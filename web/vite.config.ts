import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const centre = `http://127.0.0.1:${process.env.PORT ?? '8080'}`;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: 'dist',
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
