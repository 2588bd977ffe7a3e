import { existsSync } from 'node:fs'
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { type SignInOrigins, signInOrigins } from '../access/sign-in-origins.js'

/** The kit of the pages writes styles into the page; scripts come from files of ours alone. */
const policy = (origins: readonly string[]) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...origins].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const NOWHERE: SignInOrigins = { known: () => [], asked: async () => {} }

const FOR_EVER = 'public, max-age=31536000, immutable'
const ASK_FIRST = 'no-cache'

/**
 * Serves the built pages of a folder at `/`: files under `/assets` carry a hash of their content
 * and are kept for ever; a folder without pages serves none. The pages' own addresses stand after `#`, so no other route changes.
 * Where people sign in with an issuer, the pages may speak to it. They hold nothing but texts, so they are open to all.
 */
export async function registerPages(
  app: FastifyInstance,
  folder: string,
  issuer?: string,
): Promise<void> {
  if (!existsSync(`${folder}/index.html`)) return
  const origins = issuer === undefined ? NOWHERE : signInOrigins(issuer)
  await origins.asked()
  await app.register(openFiles, served(folder, origins))
}

/** Files for all, also where every other route needs a token. */
const openFiles: FastifyPluginAsync<FastifyStaticOptions> = async (app, options) => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, open: true }
  })
  await app.register(fastifyStatic, options)
}

function served(folder: string, origins: SignInOrigins): FastifyStaticOptions {
  return {
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
      void reply.header('content-security-policy', policy(origins.known()))
    },
  }
}
