import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

type Teardown = { teardown(end: () => unknown): unknown }

/** What happens to the first piece that holds the text: it, or its answer, never arrives whole. */
type Cut = 'half-way' | 'before-the-answer'

/** A line between a client and a server that can be cut at a chosen moment. */
export interface Proxy {
  readonly port: number
  /** Cuts the line once, at the first piece from the client that holds the text. */
  readonly cutAt: (text: string, cut: Cut) => void
  /** How often it was cut. */
  readonly cuts: () => number
}

/** Starts a line to a port of this machine; ended with the test. */
export async function tcpProxy(t: Teardown, to: number): Promise<Proxy> {
  let planned: { readonly text: string; readonly cut: Cut } | null = null
  let cuts = 0
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const target = connect(to, '127.0.0.1')
    let silent = false
    const end = () => {
      client.destroy()
      target.destroy()
    }
    for (const socket of [client, target]) {
      open.add(socket)
      socket.on('error', end).on('close', () => {
        open.delete(socket)
        end()
      })
    }
    target.on('data', (piece) => (silent ? end() : client.write(piece)))
    client.on('data', (piece) => {
      if (planned === null || !piece.includes(planned.text)) return void target.write(piece)
      const { cut } = planned
      planned = null
      cuts += 1
      silent = true
      if (cut === 'before-the-answer') return void target.write(piece)
      target.write(piece.subarray(0, piece.length >> 1), end)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as { port: number }).port,
    cutAt: (text, cut) => {
      planned = { text, cut }
    },
    cuts: () => cuts,
  }
}
