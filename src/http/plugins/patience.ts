import type { FastifyInstance } from 'fastify'
import { answerClientError } from './client-errors.js'

/** Milliseconds after which a silent client is let go. */
export const SILENCE = 15_000

/** Milliseconds for a whole request, and for an upload: 512 MiB at 15 Mbit/s. */
const PATIENCE = 5_000
export const UPLOAD_PATIENCE = 300_000

const TOO_SLOW = Object.assign(new Error('too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body may take long to arrive. */
    readonly upload?: boolean
  }
}

/**
 * Lets a client go with 408 that takes long to send its body. The web server itself knows one
 * patience for all, which must be that of uploads. While an answer is made, it is not the client
 * that is silent.
 */
export function registerPatience(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw, headers, routeOptions }) => {
    const hasBody =
      headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    if (!hasBody || raw.complete !== false || routeOptions.config.upload === true) return
    const timer = setTimeout(() => {
      if (!raw.complete) answerClientError(TOO_SLOW, raw.socket)
    }, PATIENCE).unref()
    raw.once('close', () => clearTimeout(timer))
  })
  app.addHook('preHandler', async ({ raw, routeOptions }) => {
    // Requests that came by no line (`inject`) have no such socket.
    if (routeOptions.config.upload !== true) raw.socket.setTimeout?.(0)
  })
  app.addHook('onSend', async ({ raw }) => {
    raw.socket.setTimeout?.(SILENCE)
  })
}
