import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { answersAs, REFUSED } from '../describe.js'
import { negotiateLanguage } from '../negotiate-language.js'
import type { RouteParts } from '../parts.js'
import { config, findsScreening, ScreeningParams, tags } from '../screenings/find-screening.js'
import { LAST_EVENT, screeningEvents } from '../screenings/screening-events.js'

/** GET /v1/screenings/{id}/events: how a screening goes on, as it goes on. */
export function screeningEventRoutes(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'watchScreening',
    tags,
    summary: 'Server-sent events: progress with the whole state, at the end one outcome',
    params: ScreeningParams,
    response: answersAs(
      {
        200: {
          description: 'Events whose data is a Screening',
          content: { 'text/event-stream': { schema: z.string() } },
        },
        204: { description: 'The outcome was seen (Last-Event-ID): ask no more' },
      },
      [404, ...REFUSED],
    ),
  }
  app.get(
    '/v1/screenings/:id/events',
    { schema, config, onRequest: findsScreening(parts) },
    async ({ screening, headers }, reply) => {
      if (headers['last-event-id'] === LAST_EVENT) return reply.code(204).send()
      const language = negotiateLanguage(headers['accept-language'])
      void reply.type('text/event-stream').header('x-accel-buffering', 'no')
      return reply.send(Readable.from(screeningEvents(screening, language)))
    },
  )
}
