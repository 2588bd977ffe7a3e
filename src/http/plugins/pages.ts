import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** The kit of the pages writes styles into the page; scripts come from files of ours alone. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const FOR_EVER = 'public, max-age=31536000, immutable'
const ASK_FIRST = 'no-cache'

/**
 * Serves the built pages of a folder at `/`: files under `/assets` carry a hash of their content
 * and are kept for ever; a folder without pages serves none. The pages' own addresses stand after `#`, so no other route changes.
 */
export async function registerPages(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(`${folder}/index.html`)) return
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    decorateReply: false,
    cacheControl: false,
    preCompressed: true,
    // Compressed once, when the pages are built.
    globIgnore: ['**/*.br', '**/*.gz'],
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(`${folder}/assets/`)
      void reply.header('cache-control', hashed ? FOR_EVER : ASK_FIRST)
      void reply.header('content-security-policy', POLICY)
    },
  })
}
