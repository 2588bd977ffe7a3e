import { huimin } from '../../src/cli/huimin.js'
import type { Io } from '../../src/cli/io.js'

/** What one command line gave. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process, at one instant, and keeps what it prints. */
export async function runHuimin(
  line: string | readonly string[],
  io: Partial<Io> = {},
): Promise<Ran> {
  const args = typeof line === 'string' ? line.split(' ').filter(Boolean) : line
  let [out, err] = ['', '']
  const code = await huimin(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env: {},
    cwd: process.cwd(),
    now: () => new Date('2026-11-25T10:20:30.400Z'),
    input: () => '',
    ...io,
  })
  return { code, out, err }
}
