import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { test } from 'tap'
import { takeTurns } from '../../src/http/take-turns.js'

const here = { socket: { destroyed: false } } as never
const gone = { socket: { destroyed: true } } as never
const full = { code: 'overloaded' }

test('work is done in the order it came, and its failure is its own', async (t) => {
  const turn = takeTurns()
  const done: number[] = []
  const work = [1, 2, 3].map((one) => turn(here, () => done.push(one)))
  const failing = turn(here, () => {
    throw new Error('no')
  })
  await t.rejects(failing, { message: 'no' })
  t.strictSame(
    [await Promise.all(work), done],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  )
})

test('for a client that has gone nothing is done', async (t) => {
  let done = false
  const work = takeTurns()(gone, () => {
    done = true
  })
  await t.rejects(work, { code: 'request-timeout' })
  t.notOk(done)
})

test('a client that sent all and went is seen to have gone', async (t) => {
  const turn = takeTurns()
  let done = 0
  const server = createServer({ pauseOnConnect: true })
  t.teardown(() => server.close())
  const asked = new Promise((resolve, reject) => {
    server.on('connection', (socket) => {
      // Until all that the client did is there to be read.
      setTimeout(() => socket.resume(), 50)
      socket.once('data', () => {
        turn({ socket }, () => {
          done += 1
        }).then(resolve, reject)
      })
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(client, 'connect')
  client.end('all')
  client.destroySoon()
  await t.rejects(asked, { code: 'request-timeout' })
  t.equal(done, 0)
})

test('512 may wait, and 128 where the first has waited for more than two seconds', async (t) => {
  const quick = takeTurns()
  const many = Array.from({ length: 512 }, () => quick(here, () => true))
  await t.rejects(
    quick(here, () => true),
    full,
  )
  t.ok((await Promise.all(many)).every(Boolean))
  t.ok(await quick(here, () => true), 'and then there is room again')

  const slow = takeTurns()
  const some = Array.from({ length: 127 }, () => slow(here, () => true))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_050)
  some.push(slow(here, () => true))
  await t.rejects(
    slow(here, () => true),
    full,
  )
  t.ok((await Promise.all(some)).every(Boolean), 'all that were let in are served')
})
