import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The pages of the service: `npm run build` writes them to dist/web. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // A page of another origin never runs here, and small files stay files: the policy has no data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:3000' } },
})
