import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { until } from './until.js'

type Teardown = { teardown(end: () => unknown): unknown }

const BIN = binaries()

/** Why no PostgreSQL of our own can be started; false when it can. */
export const noCluster: string | false =
  BIN === null ? 'no PostgreSQL server programs: apt-get install postgresql' : false

function binaries(): string | null {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return null
  const [newest] = readdirSync(root).sort().reverse()
  return newest === undefined ? null : join(root, newest, 'bin')
}

/** A PostgreSQL of the test's own, to be stopped, frozen and killed. */
export interface Cluster {
  readonly url: string
  readonly port: number
  readonly start: () => Promise<void>
  /** At once, as in a power cut: nothing is said good-bye to. */
  readonly stop: () => Promise<void>
  readonly freeze: () => void
  readonly thaw: () => void
}

/** PostgreSQL refuses to run as root: then it runs as its own user. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'))
  const [, , uid, gid] = (line ?? '').split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** A new cluster, running; removed when the test ends. */
export async function ownCluster(t: Teardown): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-pg-'))
  const user = owner()
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid as number)
  const options = { ...user, stdio: 'ignore' as const, cwd: folder }
  execFileSync(
    join(BIN as string, 'initdb'),
    ['-D', 'data', '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    options,
  )
  const port = await freePort()
  let server: ChildProcess | null = null
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const cluster: Cluster = {
    url,
    port,
    start: async () => {
      rmSync(join(folder, 'data/postmaster.pid'), { force: true })
      server = spawn(
        join(BIN as string, 'postgres'),
        ['-D', 'data', '-p', String(port), '-k', folder, '-h', '127.0.0.1'],
        options,
      )
      await until(() => answers(url), 30_000)
    },
    stop: async () => {
      if (server === null) return
      const closed = once(server, 'close')
      for (const pid of [...childrenOf(server), server.pid as number]) kill(pid, 'SIGKILL')
      await closed
      server = null
    },
    freeze: () => {
      for (const pid of [server?.pid as number, ...childrenOf(server as ChildProcess)])
        kill(pid, 'SIGSTOP')
    },
    thaw: () => {
      for (const pid of [...childrenOf(server as ChildProcess), server?.pid as number])
        kill(pid, 'SIGCONT')
    },
  }
  t.teardown(async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await cluster.start()
  return cluster
}

function childrenOf(server: ChildProcess): readonly number[] {
  const isChild = (pid: string) => {
    try {
      return (
        readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/.*\) \S /s, '')
          .split(' ')[0] === String(server.pid)
      )
    } catch {
      return false
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isChild(name))
    .map(Number)
}

/** A process that has ended meanwhile is as good as killed. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {}
}

/** Whether a server answers at an address. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
