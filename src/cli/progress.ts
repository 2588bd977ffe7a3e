import type { Progress } from '../screening/screen.js'
import type { Io } from './io.js'

const WIDTH = 30
/** Between two lines where nobody watches, in milliseconds. */
const PAUSE = 5000

/** Shows how far a run has come: one bar that moves on a terminal, a line now and then elsewhere. */
export function showProgress(io: Io): {
  readonly show: (progress: Progress) => void
  readonly end: () => void
} {
  const started = io.now().getTime()
  let last = Number.NEGATIVE_INFINITY
  let phase = ''
  return {
    show: (progress) => {
      const at = io.now().getTime()
      if (io.terminal) io.err(`\r\u001b[K${words(progress, at - started)}`)
      else if (progress.phase !== phase || at - last >= PAUSE) {
        io.err(`${words(progress, at - started)}\n`)
        last = at
      }
      phase = progress.phase
    },
    end: () => {
      if (io.terminal) io.err('\r\u001b[K')
    },
  }
}

function words({ phase, done, total }: Progress, elapsed: number): string {
  if (total === 0) return phase
  const share = done / total
  const full = Math.round(share * WIDTH)
  const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
  const parts = [phase, bar, `${Math.floor(share * 100)} %`, `${done} of ${total} households`]
  if (elapsed > 0 && done > 0) {
    parts.push(`${Math.round((done / elapsed) * 1000)}/s`)
    parts.push(`${Math.ceil((elapsed * (1 - share)) / share / 1000)} s left`)
  }
  return parts.join('  ')
}
