import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestValidationError } from 'fastify-zod-openapi'
import {
  type InputFault,
  PROBLEMS,
  Problem,
  type ProblemCode,
  problemBody,
} from '../../model/errors.js'
import { negotiateLanguage } from '../negotiate-language.js'

/** Faults that the web server itself finds, by the status it gives them; any other of the client. */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  // A path that leads out of the folder of files.
  403: 'not-found',
  404: 'not-found',
  413: 'body-too-large',
  414: 'not-found',
  415: 'unsupported-media-type',
}

/** Answers every fault as application/problem+json (RFC 9457), also where no route matches. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler(answerProblem)
  // Before the body is read: an unknown address is 404 whatever was sent to it.
  app.addHook('onRequest', async (request) => {
    if (request.is404) throw new Problem('not-found')
  })
  // For files of /docs that are not there.
  app.setNotFoundHandler(() => {
    throw new Problem('not-found')
  })
}

/** Answers one fault, in the language asked for. */
export function answerProblem(
  error: FastifyError | Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = problemOf(error)
  const { status } = PROBLEMS[problem.code]
  // A flood must not fill the log as well; the figures count it.
  if (problem.code === 'overloaded') void reply.header('retry-after', '1')
  else if (status >= 500) request.log.error({ err: error }, problem.code)
  const language = negotiateLanguage(request.headers['accept-language'])
  // As bytes: to a text the web server would add a charset, which JSON does not have.
  void reply
    .code(status)
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problemBody(problem, language))))
}

function problemOf(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error
  const status = Number(error.statusCode)
  const isClients = status >= 400 && status < 500
  const code = BY_STATUS[status] ?? (isClients ? 'invalid-request' : 'internal-error')
  return new Problem(code, undefined, error.validation?.map(faultOf))
}

const NO_PARAMETER = { zh: '没有这个参数', en: 'is no parameter here' }
const WRONG_PARAMETER = { zh: '此参数不对', en: 'is not what this parameter takes' }

/** A fault of the address or its query. */
function faultOf(error: unknown): InputFault {
  const { issue } = (error as RequestValidationError).params
  const [keys, message] =
    issue.code === 'unrecognized_keys' ? [issue.keys, NO_PARAMETER] : [issue.path, WRONG_PARAMETER]
  return { pointer: `/${keys.map(String).join('/')}`, code: 'wrong-parameter', message }
}
