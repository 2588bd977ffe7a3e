import { useEffect, useRef, useState } from 'react'
import type { Asking } from '../api/client.ts'
import { type RecalculationLine, type RecalculationRequest, recalculate } from '../api/ledger.ts'

export type Summary = Extract<RecalculationLine, { kind: 'summary' }>
export type WorkLine = Exclude<RecalculationLine, { kind: 'summary' }>

/** How it stands with a recalculation; `cut`: it ended without its summary. */
export type WorklistState =
  | {
      readonly kind: 'idle' | 'running' | 'stopped' | 'cut' | 'done'
      readonly lines: readonly WorkLine[]
      readonly summary: Summary | null
    }
  | { readonly kind: 'failed'; readonly error: Error; readonly again: () => void }

const IDLE = { kind: 'idle', lines: [], summary: null } as const
/** Milliseconds between two looks at a growing list. */
const SHOWN_EVERY = 200

/** A recalculation: started, read line by line, stopped on demand and when its screen is left. */
export function useWorklist(asking: Asking) {
  const [state, set] = useState<WorklistState>(IDLE)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const read = async (request: RecalculationRequest, { signal }: AbortController) => {
    const lines: WorkLine[] = []
    let summary: Summary | null = null
    let shownAt = 0
    const show = (kind: 'running' | 'stopped' | 'cut' | 'done') =>
      set({ kind, lines: [...lines], summary })
    show('running')
    try {
      for await (const line of recalculate(asking, request, signal)) {
        if (line.kind === 'summary') summary = line
        else lines.push(line)
        if (Date.now() - shownAt < SHOWN_EVERY) continue
        shownAt = Date.now()
        show('running')
      }
      // Without its last line the list may lack anything.
      show(summary === null ? 'cut' : 'done')
    } catch (error) {
      if (signal.aborted) return show('stopped')
      if (lines.length > 0) return show('cut')
      set({ kind: 'failed', error: error as Error, again: () => start(request) })
    }
  }

  const start = (request: RecalculationRequest) => {
    running.current?.abort()
    running.current = new AbortController()
    void read(request, running.current)
  }
  return { state, start, stop: () => running.current?.abort() }
}
