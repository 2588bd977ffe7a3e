import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../../model/errors.js'
import { readJson } from '../../model/read-json.js'

/** JSON has no parameters; a charset is accepted when it says what JSON is anyway. */
const JSON_TYPE = /^application\/json(; ?charset="?utf-8"?)?$/i

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a body of no bytes is as good as none, whatever type it is said to have. */
    readonly mayBeEmpty?: boolean
  }
}

/** Reads bodies: JSON in clean UTF-8, never compressed. Any other content type is 415. */
export function registerBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    JSON_TYPE,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const encoding = request.headers['content-encoding'] ?? 'identity'
      if (encoding !== 'identity') throw new Problem('unsupported-media-type')
      const mayBeEmpty = request.routeOptions.config.mayBeEmpty === true
      return mayBeEmpty && body.length === 0 ? undefined : readJson(body)
    },
  )
}
