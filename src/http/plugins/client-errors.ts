import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Problem, type ProblemCode, problemBody } from '../../model/errors.js'

const CODES: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/** Answers what never became a request: too slow, too large a head, or not HTTP. Closes the line. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  const problem = new Problem(CODES[String(error.code)] ?? 'invalid-request')
  // A client that has gone is not answered.
  if (socket.writable) socket.write(rawAnswer(problem))
  socket.destroy()
}

function rawAnswer(problem: Problem): string {
  const body = problemBody(problem, 'zh')
  const bytes = JSON.stringify(body)
  return [
    `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}`,
    'Content-Type: application/problem+json',
    'Content-Language: zh',
    `Content-Length: ${Buffer.byteLength(bytes)}`,
    'Connection: close',
    '',
    bytes,
  ].join('\r\n')
}
