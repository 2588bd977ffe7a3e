import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '../../model/errors.js'
import { answersAs, type GoodAnswer, REFUSED } from '../describe.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'
import { config, screeningsOf, tags } from '../screenings/find-screening.js'
import type { Upload } from '../screenings/receive-upload.js'
import { ScreeningQuery, screeningQuestion } from '../screenings/screening-question.js'
import { SCREENING_STATUSES } from '../screenings/screening-record.js'
import type { ScreeningRun } from '../screenings/screening-run.js'
import { UPLOAD_BOUNDS } from '../screenings/upload-bounds.js'

const NDJSON = 'application/x-ndjson'
const FORM = 'multipart/form-data'
const LINES_TYPE = /^application\/x-ndjson(; ?charset="?utf-8"?)?$/i
const FORM_TYPE = /^multipart\/form-data; ?boundary=/i
const Started = z.strictObject({ id: z.string(), status: z.enum(SCREENING_STATUSES) })
const file = z.string().meta({ format: 'binary' })
const Pair = z.strictObject({
  households: file.meta({ description: 'NAME.csv or NAME.parquet: householdId, then facts' }),
  members: file.meta({ description: 'The same: householdId, memberId, then facts' }),
})

/** POST /v1/screenings: the upload is not read before its query is checked, never held in memory. */
export const screeningUploadRoutes: FastifyPluginAsync<RouteParts> = async (app, parts) => {
  app.removeAllContentTypeParsers()
  for (const [type, kind] of [
    [LINES_TYPE, 'lines'],
    [FORM_TYPE, 'pair'],
  ] as const)
    app.addContentTypeParser(type, async ({ headers }: FastifyRequest, body: Readable) => {
      if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw otherType()
      return { kind, body, headers } satisfies Upload
    })
  app.addContentTypeParser('*', async () => {
    throw otherType()
  })
  startRoute(app, parts)
}

function otherType(): Problem {
  return new Problem('unsupported-media-type', {
    zh: `只接受未压缩的 UTF-8 ${NDJSON}，或 ${FORM}（households 和 members 两个文件）`,
    en: `Only ${NDJSON} in UTF-8, or ${FORM} with the files households and members, not compressed, is accepted`,
  })
}

function startRoute(app: FastifyInstance, parts: RouteParts): void {
  const accepted: GoodAnswer = {
    description: 'Received; Location is where it stands',
    content: { 'application/json': { schema: Started } },
  }
  const bounds = 'At most 512 MiB and a million households'
  const schema = {
    operationId: 'startScreening',
    tags,
    summary: 'Decide a register: lines {"householdId", "household"}, or households and members',
    querystring: ScreeningQuery,
    body: {
      description: bounds,
      required: true,
      content: { [NDJSON]: { schema: z.string() }, [FORM]: { schema: Pair } },
    },
    response: answersAs({ 202: accepted }, [400, 408, 413, 415, ...REFUSED]),
  }
  app.post<{ Querystring: ScreeningQuery }>(
    '/v1/screenings',
    { schema, config: { ...config, upload: true }, bodyLimit: UPLOAD_BOUNDS.bytes },
    async (request, reply) => {
      const { caller, log, query } = request
      const screenings = screeningsOf(parts)
      const question = screeningQuestion(parts.rulebook, query, parts.clock())
      const upload = request.body as Upload | undefined
      // Without a body there is no parser, and nothing to read.
      if (!(upload?.body instanceof Readable)) throw otherType()
      await noteReading(request, { act: 'screen' }, parts)
      const run = await screenings
        .start({ question, startedBy: caller.actor }, upload)
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
