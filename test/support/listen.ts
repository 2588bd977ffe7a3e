import { connect, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../src/http/app.js'
import type { AppParts } from '../../src/http/parts.js'
import { defaultLayers } from '../../src/rulebook/default-layers.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'

export const rulebook = loadRulebook(defaultLayers({}))
export const now = new Date('2026-11-22T00:00:00Z')

type Teardown = { teardown(end: () => unknown): unknown }

/** The service on the project's own rulebook, closed when the test ends. */
export async function serve(t: Teardown, parts: Partial<AppParts> = {}): Promise<FastifyInstance> {
  const settings = { RATE_LIMIT: 600_000, LOG_LEVEL: 'silent' as const, ...parts.settings }
  const app = await buildApp({ rulebook, clock: () => now, ...parts, settings })
  t.teardown(() => app.close())
  return app
}

/** The same, listening; its port. */
export async function listen(t: Teardown, parts: Partial<AppParts> = {}): Promise<number> {
  const app = await serve(t, parts)
  return Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
}

/** Sends bytes as they are and gives back all that comes until the line is closed. */
export function send(
  port: number,
  bytes: string,
  then?: (socket: Socket) => void,
): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  then?.(socket)
  return new Promise((resolve) => {
    let answer = ''
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}

/** The household of the contract: entitled to 20 yuan a month. */
export const household = {
  monthlyIncomeTotal: 2100,
  hukouCode: '441900',
  meetsDibaoPropertyRule: true,
  members: [
    { id: 'm1', dateOfBirth: '1950-05-01', sex: '2' },
    { id: 'm2', dateOfBirth: '2009-03-02' },
  ],
}
export const request = {
  asOf: '2020-06-01',
  knownAt: '2026-11-22T00:00:00Z',
  jurisdiction: '441900',
  programmes: ['dongguan/minimum-living'],
  household,
}
