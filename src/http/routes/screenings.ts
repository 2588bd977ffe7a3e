import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { answers, answersAs, REFUSED } from '../describe.js'
import { negotiateLanguage } from '../negotiate-language.js'
import type { RouteParts } from '../parts.js'
import {
  config,
  findsScreening,
  ScreeningParams,
  screeningsOf,
  tags,
} from '../screenings/find-screening.js'
import { Screening, screeningAnswer } from '../screenings/screening-answer.js'
import type { ScreeningRun } from '../screenings/screening-run.js'
import { screeningEventRoutes } from './screening-events.js'
import { screeningFileRoutes } from './screening-files.js'
import { screeningImpactRoutes } from './screening-impacts.js'
import { screeningUploadRoutes } from './screening-uploads.js'

const List = z.strictObject({ items: z.array(Screening) })

/** /v1/screenings: a register that is uploaded, decided whole, fetched, and compared. */
export async function screeningRoutes(app: FastifyInstance, parts: RouteParts): Promise<void> {
  app.decorateRequest('screening', null as unknown as ScreeningRun)
  // Watchers are told the end before the service waits for them to leave.
  app.addHook('preClose', async () => parts.screenings?.close())
  await app.register(screeningUploadRoutes, parts)
  readRoutes(app, parts)
  removeRoute(app, parts)
  screeningEventRoutes(app, parts)
  screeningFileRoutes(app, parts)
  screeningImpactRoutes(app, parts)
}

function readRoutes(app: FastifyInstance, parts: RouteParts): void {
  const list = {
    operationId: 'listScreenings',
    tags,
    summary: 'The screenings of the last day, newest first',
    response: answers('The screenings', List, REFUSED),
  }
  app.get('/v1/screenings', { schema: list, config }, async ({ headers }) => {
    const language = negotiateLanguage(headers['accept-language'])
    return {
      items: screeningsOf(parts)
        .list()
        .map((run) => screeningAnswer(run, language)),
    }
  })
  const one = {
    operationId: 'getScreening',
    tags,
    summary: 'How a screening stands, and what it found programme by programme',
    params: ScreeningParams,
    response: answers('The screening', Screening, [404, ...REFUSED]),
  }
  app.get(
    '/v1/screenings/:id',
    { schema: one, config, onRequest: findsScreening(parts) },
    async ({ screening, headers }) =>
      screeningAnswer(screening, negotiateLanguage(headers['accept-language'])),
  )
}

function removeRoute(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'removeScreening',
    tags,
    summary: 'Cancel a screening; or, where it has ended, remove it with its files',
    params: ScreeningParams,
    response: answersAs({ 204: { description: 'It is so' } }, [404, ...REFUSED]),
  }
  app.delete(
    '/v1/screenings/:id',
    { schema, config, onRequest: findsScreening(parts) },
    async ({ screening, caller, log }, reply) => {
      await screeningsOf(parts).remove(screening)
      log.info({ actor: caller.actor, screening: screening.record.id }, 'screening removed')
      return reply.code(204).send()
    },
  )
}
