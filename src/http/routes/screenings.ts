import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '../../model/errors.js'
import { answers, answersAs, type GoodAnswer, REFUSED } from '../describe.js'
import { negotiateLanguage } from '../negotiate-language.js'
import type { RouteParts } from '../parts.js'
import {
  config,
  findsScreening,
  ScreeningParams,
  screeningsOf,
  tags,
} from '../screenings/find-screening.js'
import { UPLOAD_BOUNDS } from '../screenings/receive-register.js'
import { Screening, screeningAnswer } from '../screenings/screening-answer.js'
import { ScreeningQuery, screeningQuestion } from '../screenings/screening-question.js'
import { SCREENING_STATUSES } from '../screenings/screening-record.js'
import type { ScreeningRun } from '../screenings/screening-run.js'
import { screeningEventRoutes } from './screening-events.js'
import { screeningFileRoutes } from './screening-files.js'
import { noteReading } from './stored-decision.js'

const NDJSON = 'application/x-ndjson'
const UPLOAD_TYPE = /^application\/x-ndjson(; ?charset="?utf-8"?)?$/i
const Started = z.strictObject({ id: z.string(), status: z.enum(SCREENING_STATUSES) })
const List = z.strictObject({ items: z.array(Screening) })

/** /v1/screenings: a register that is uploaded, decided whole, and fetched. */
export async function screeningRoutes(app: FastifyInstance, parts: RouteParts): Promise<void> {
  app.decorateRequest('screening', null as unknown as ScreeningRun)
  // Watchers are told the end before the service waits for them to leave.
  app.addHook('preClose', async () => parts.screenings?.close())
  // The upload is not read before its query has been checked, and never held in memory.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(UPLOAD_TYPE, async ({ headers }: FastifyRequest, upload: Readable) => {
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw otherType()
    return upload
  })
  app.addContentTypeParser('*', async () => {
    throw otherType()
  })
  startRoute(app, parts)
  readRoutes(app, parts)
  removeRoute(app, parts)
  screeningEventRoutes(app, parts)
  screeningFileRoutes(app, parts)
}

function otherType(): Problem {
  return new Problem('unsupported-media-type', {
    zh: `只接受未压缩的 UTF-8 ${NDJSON}`,
    en: `Only ${NDJSON} in UTF-8, not compressed, is accepted`,
  })
}

function startRoute(app: FastifyInstance, parts: RouteParts): void {
  const accepted: GoodAnswer = {
    description: 'Received; Location is where it stands',
    content: { 'application/json': { schema: Started } },
  }
  const schema = {
    operationId: 'startScreening',
    tags,
    summary: 'Decide a register: one line {"householdId", "household"} for each household',
    consumes: [NDJSON],
    querystring: ScreeningQuery,
    body: z.string().meta({ description: 'At most 512 MiB and a million lines' }),
    response: answersAs({ 202: accepted }, [400, 408, 413, 415, ...REFUSED]),
  }
  app.post<{ Querystring: ScreeningQuery }>(
    '/v1/screenings',
    { schema, config: { ...config, upload: true }, bodyLimit: UPLOAD_BOUNDS.bytes },
    async (request, reply) => {
      const { caller, log, query } = request
      const screenings = screeningsOf(parts)
      const question = screeningQuestion(parts.rulebook, query, parts.clock())
      // Without a body there is no parser, and nothing to read.
      if (!(request.body instanceof Readable)) throw otherType()
      await noteReading(request, { act: 'screen', decisions: [null] }, parts)
      const run = await screenings
        .start({ question, startedBy: caller.actor }, request.body)
        .catch((error: unknown) => {
          if (!request.raw.complete) void reply.header('connection', 'close')
          throw error
        })
      const { id, status } = run.record
      void run.done.then(() => logEnd(log, run))
      log.info({ actor: caller.actor, screening: id }, 'screening received')
      void reply.code(202).header('location', `/v1/screenings/${id}`)
      return { id, status }
    },
  )
}

function logEnd(log: FastifyRequest['log'], { record, error }: ScreeningRun): void {
  const { id, status, problem } = record
  const line = { screening: id, status, problem }
  if (error === undefined) log.info(line, 'screening ended')
  else log.error({ ...line, err: error }, 'screening failed')
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
