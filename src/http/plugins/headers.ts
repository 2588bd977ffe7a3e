import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'

/** Only what this service itself serves may run or show in its pages. */
const DIRECTIVES = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
  imgSrc: ["'self'", 'data:'],
}

/** Security headers, compressed answers, and a line that closes once the service is closing. */
export async function registerHeaders(app: FastifyInstance): Promise<void> {
  const security = await securityHeaders()
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers(security)
  })
  // Compressed requests are refused, so nothing is ever unpacked.
  await app.register(compress, { globalDecompression: false })
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close')
  })
}

/** What helmet adds to an answer. It is the same for all, so helmet is asked once. */
async function securityHeaders(): Promise<Record<string, string>> {
  const before = fastify()
  const after = fastify()
  await after.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: DIRECTIVES },
    // Bodies are open data: pages of other origins may read them.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  })
  const plain = await before.inject('/')
  const secured = await after.inject('/')
  const added = Object.entries(secured.headers).filter(([name]) => !(name in plain.headers))
  return Object.fromEntries(added.map(([name, value]) => [name, String(value)]))
}
