import cors from '@fastify/cors'
import etag from '@fastify/etag'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
} from 'fastify'
import { Problem } from '../model/errors.js'
import { registerAccess } from './access/register-access.js'
import type { AppParts, RouteParts } from './parts.js'
import { registerBody } from './plugins/body.js'
import { answerClientError } from './plugins/client-errors.js'
import { registerDocumentation } from './plugins/documentation.js'
import { registerHeaders } from './plugins/headers.js'
import { registerLimits } from './plugins/limits.js'
import { makeLogger } from './plugins/logging.js'
import { registerMetrics } from './plugins/metrics.js'
import { registerPages } from './plugins/pages.js'
import { registerPatience, SILENCE, UPLOAD_PATIENCE } from './plugins/patience.js'
import { answerProblem, registerProblems } from './plugins/problems.js'
import { caseRoutes } from './routes/cases.js'
import { clauseRoutes } from './routes/clauses.js'
import { decisionFactsRoutes } from './routes/decision-facts.js'
import { decisionListRoutes } from './routes/decision-list.js'
import { decisionRoutes } from './routes/decisions.js'
import { determinationRoutes } from './routes/determinations.js'
import { documentRoutes } from './routes/documents.js'
import { factRoutes } from './routes/facts.js'
import { interpretationRoutes } from './routes/interpretations.js'
import { jurisdictionRoutes } from './routes/jurisdictions.js'
import { logRoutes } from './routes/log.js'
import { programmeRoutes } from './routes/programmes.js'
import { readingRoutes } from './routes/readings.js'
import { recalculationRoutes } from './routes/recalculations.js'
import { replayRoutes } from './routes/replays.js'
import { reviewRoutes } from './routes/reviews.js'
import { ruleVersionRoutes } from './routes/rule-versions.js'
import { screeningRoutes } from './routes/screenings.js'
import { serviceRoutes } from './routes/service.js'
import { pagesIssuer, signInRoutes } from './routes/sign-in.js'

const MAX_BODY_BYTES = 256 * 1024

/** A silent client is let go; a slow one is with 408. */
const TIMEOUTS = { connectionTimeout: SILENCE, requestTimeout: UPLOAD_PATIENCE }
const SERVER = {
  headersTimeout: 4_000,
  requestTimeout: UPLOAD_PATIENCE,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8_192,
}

/** The service: routes and their limits, built from its parts, not yet listening. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    ...TIMEOUTS,
    http: SERVER,
    bodyLimit: MAX_BODY_BYTES,
    return503OnClosing: false,
    loggerInstance: makeLogger(parts) as FastifyBaseLogger,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerProblem,
  })
  registerPatience(app)
  const metrics = registerMetrics(app)
  await registerHeaders(app)
  await registerLimits(app, parts.settings.RATE_LIMIT)
  registerProblems(app)
  registerAccess(app, {
    authenticate: parts.authenticate ?? (async () => null),
    required: parts.settings.REQUIRE_AUTH ?? 'stored',
  })
  registerBody(app)
  await registerDocumentation(app, parts.settings.OIDC_ISSUER)
  await app.register(openRoutes, { ...parts, metrics })
  await app.register(storedRoutes, { ...parts, metrics })
  serviceRoutes(app, { ...parts, metrics })
  signInRoutes(app, parts)
  if (parts.pages !== undefined) await registerPages(app, parts.pages, pagesIssuer(parts))
  return app
}

/** What is stored: for callers with a token, and for no page of another origin. */
const storedRoutes: FastifyPluginAsync<RouteParts> = async (app, parts) => {
  decisionRoutes(app, parts)
  decisionListRoutes(app, parts)
  decisionFactsRoutes(app, parts)
  replayRoutes(app, parts)
  reviewRoutes(app, parts)
  readingRoutes(app, parts)
  recalculationRoutes(app, parts)
  logRoutes(app, parts)
  await app.register(screeningRoutes, parts)
}

/** Open to pages of any origin. */
const openRoutes: FastifyPluginAsync<RouteParts> = async (app, parts) => {
  refuseOtherOptions(app)
  await app.register(cors, { origin: '*', exposedHeaders: ['ETag', 'Retry-After'] })
  determinationRoutes(app, parts)
  await app.register(catalogueRoutes, parts)
}

/** OPTIONS is there for what a browser asks before it calls an open route, and nowhere else. */
function refuseOtherOptions(app: FastifyInstance): void {
  const open = new Set<string>()
  const collectionOf = (url: string) => url.split(/[/?]/, 3).join('/')
  app.addHook('onRoute', ({ url }) => {
    open.add(collectionOf(url))
  })
  app.addHook('onRequest', async ({ method, url, headers }) => {
    if (method !== 'OPTIONS') return
    const asked = headers.origin !== undefined && headers['access-control-request-method']
    if (!asked || !open.has(collectionOf(url))) throw new Problem('not-found')
  })
}

/** What changes only with the rulebook: a client may keep it and ask whether it has changed. */
const catalogueRoutes: FastifyPluginAsync<RouteParts> = async (app, parts) => {
  await app.register(etag, { weak: true })
  const audience = parts.settings.REQUIRE_AUTH === 'all' ? 'private' : 'public'
  app.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode < 400) void reply.header('cache-control', `${audience}, no-cache`)
  })
  jurisdictionRoutes(app, parts)
  programmeRoutes(app, parts)
  ruleVersionRoutes(app, parts)
  caseRoutes(app, parts)
  factRoutes(app, parts)
  documentRoutes(app, parts)
  clauseRoutes(app, parts)
  interpretationRoutes(app, parts)
}
