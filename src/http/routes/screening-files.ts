import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { Problem } from '../../model/errors.js'
import { answersAs, REFUSED } from '../describe.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'
import { config, findsScreening, ScreeningParams, tags } from '../screenings/find-screening.js'
import {
  chooseFormat,
  RESULT_TYPES,
  type ResultFormat,
  resultsStream,
} from '../screenings/results-file.js'
import { FILES } from '../screenings/screening-record.js'
import type { ScreeningRun } from '../screenings/screening-run.js'

const FORMATS = Object.keys(RESULT_TYPES) as [ResultFormat, ...ResultFormat[]]
const Query = z.strictObject({
  format: z.enum(FORMATS).optional().meta({ description: 'Before Accept; ndjson by default' }),
})
const ResultLine = z
  .strictObject({
    householdId: z.string(),
    memberId: z.string().nullable(),
    programme: z.string(),
    ruleVersion: z.string(),
    outcome: z.enum(['eligible', 'ineligible', 'unknown']),
    amount: z.number().nullable().meta({ description: 'Yuan' }),
    missing: z.array(z.string()),
  })
  .meta({ id: 'ScreeningResult', description: 'One programme and subject, as a line of NDJSON' })
const RejectLine = z
  .strictObject({
    file: z.string(),
    line: z.int(),
    pointer: z.string(),
    code: z.string(),
    reason: z.string(),
    reasonZh: z.string(),
  })
  .meta({ id: 'ScreeningReject', description: 'A fault of the register; never a value of it' })

/** GET /v1/screenings/{id}/results and …/rejects: the files of a screening that has finished. */
export function screeningFileRoutes(app: FastifyInstance, parts: RouteParts): void {
  const onRequest = [findsScreening(parts)]
  const file = { schema: z.string() }
  const results = {
    operationId: 'getScreeningResults',
    tags,
    summary: 'One row for each programme and subject',
    params: ScreeningParams,
    querystring: Query,
    response: answersAs(
      {
        200: {
          description: 'The rows',
          content: {
            [RESULT_TYPES.ndjson]: { schema: ResultLine },
            'text/csv': file,
            [RESULT_TYPES.parquet]: file,
          },
        },
      },
      [400, 404, 409, ...REFUSED],
    ),
  }
  app.get<{ Querystring: z.infer<typeof Query> }>(
    '/v1/screenings/:id/results',
    { schema: results, config, onRequest },
    async (request, reply) => {
      const { screening, query, headers, log, caller } = request
      const format = chooseFormat(query.format, headers.accept)
      checkFinished(screening)
      await noteReading(request, { act: 'screening-results' }, parts)
      log.info({ actor: caller.actor, screening: screening.record.id, format }, 'results fetched')
      const name = `screening-${screening.record.id}.${format}`
      const stream = resultsStream(screening.folder, format)
      return sendFile(reply, stream, RESULT_TYPES[format], name)
    },
  )
  const rejects = {
    operationId: 'getScreeningRejects',
    tags,
    summary: 'The faults of the register, line by line; their households were left out',
    params: ScreeningParams,
    response: answersAs(
      {
        200: {
          description: 'The faults',
          content: { [RESULT_TYPES.ndjson]: { schema: RejectLine } },
        },
      },
      [404, 409, ...REFUSED],
    ),
  }
  app.get(
    '/v1/screenings/:id/rejects',
    { schema: rejects, config, onRequest },
    async (request, reply) => {
      const { screening, log, caller } = request
      checkFinished(screening)
      await noteReading(request, { act: 'screening-rejects' }, parts)
      const { id } = screening.record
      log.info({ actor: caller.actor, screening: id }, 'rejects fetched')
      const file = createReadStream(join(screening.folder, FILES.rejects))
      return sendFile(reply, file, RESULT_TYPES.ndjson, `screening-${id}-rejects.ndjson`)
    },
  )
}

function checkFinished({ record }: ScreeningRun): void {
  if (record.status !== 'finished') throw new Problem('screening-not-finished')
}

function sendFile(reply: FastifyReply, file: Readable, type: string, name: string): FastifyReply {
  return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(file)
}
