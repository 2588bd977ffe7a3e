import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Asking } from '../api/client.ts'
import { fetchConsistency } from '../api/ledger.ts'
import { failureText } from '../shell/failure-text.ts'
import { useWords } from '../words/use-words.ts'
import type { LogState } from './log-state.ts'
import { canHash } from './proof/bytes.ts'
import { checkOutside } from './proof/check-outside.ts'
import { StepList } from './step-list.tsx'

/** Holds a checkpoint that was kept elsewhere against the log, in this browser. */
export function OutsideCheck({ asking, log }: { asking: Asking; log: LogState }) {
  const { w } = useWords()
  const words = w.decisions.outside
  const [kept, setKept] = useState('')
  const [keys, setKeys] = useState('')
  const checking = useMutation({
    mutationFn: () => {
      const own = keys.split('\n').map((line) => line.trim())
      return checkOutside({
        kept,
        keys: keys.trim() === '' ? log.lines : own,
        note: log.note,
        prove: async (from, to) => (await fetchConsistency(asking, from, to)).hashes,
      })
    },
  })
  return (
    <details className="more no-print">
      <summary>{words.title}</summary>
      <p>{words.lead}</p>
      {canHash() ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            checking.mutate()
          }}
        >
          <Textarea
            label={words.note}
            description={words.noteHelp}
            value={kept}
            onChange={({ currentTarget: { value } }) => setKept(value)}
            rows={5}
            required
            spellCheck={false}
          />
          <Textarea
            label={words.keys}
            description={words.keysHelp}
            value={keys}
            onChange={({ currentTarget: { value } }) => setKeys(value)}
            rows={2}
            mt="sm"
            spellCheck={false}
          />
          <Button type="submit" mt="md" loading={checking.isPending}>
            {words.submit}
          </Button>
          {checking.error !== null && <p role="alert">{failureText(checking.error, w)}</p>}
          <div role="status">
            {checking.data !== undefined && <StepList steps={checking.data} />}
          </div>
        </form>
      ) : (
        <p role="status">{w.decisions.proof.impossibleHelp}</p>
      )}
    </details>
  )
}
