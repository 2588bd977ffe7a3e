import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Logger, pino } from 'pino'
import type { AppParts } from '../parts.js'

/**
 * A logger that writes only what is listed here: no body, query, header or address of a client,
 * and of an error neither its message nor paths, for both can hold facts.
 */
export function makeLogger({ settings, logTo }: Pick<AppParts, 'settings' | 'logTo'>): Logger {
  const options = { level: settings.LOG_LEVEL, base: null, serializers: { req, res, err } }
  return logTo === undefined ? pino(options) : pino(options, logTo)
}

function req(request: FastifyRequest): object {
  return { method: request.method, route: request.routeOptions?.url }
}

function res(reply: FastifyReply): object {
  return { statusCode: reply.statusCode }
}

/** Kind, code, and where it was thrown: the file's name and line without its folder. */
function err(error: Error & { code?: string }): object {
  const cause = error.cause as { code?: string; name?: string } | undefined
  const place = /^ +at .*?([\w.-]+\.[cm]?[jt]s:\d+)/m.exec(String(error.stack))?.[1]
  const why = cause === undefined ? {} : { cause: cause.code ?? cause.name }
  return { type: error.name, code: error.code, place, ...why }
}
