import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useWords } from '../words/use-words.ts'

interface ClearFirstProps {
  readonly clear: () => void
  /** Whatever was answered. */
  readonly end: () => void
}

/** Asks before what was filled in is thrown away; Escape keeps it. */
export function ClearFirst({ clear, end }: ClearFirstProps) {
  const { w } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    keep.current?.focus()
  }, [])
  // Closed before it goes away: then the browser gives focus back to where it came from.
  const close = () => dialog.current?.close()
  return (
    <dialog ref={dialog} className="card" aria-labelledby="clear-first" onClose={end}>
      <h2 id="clear-first">{w.household.clearFirst}</h2>
      <p>{w.household.clearFirstHelp}</p>
      <div className="row">
        <Button
          onClick={() => {
            close()
            clear()
          }}
        >
          {w.household.clear}
        </Button>
        <Button variant="default" ref={keep} onClick={close}>
          {w.household.keep}
        </Button>
      </div>
    </dialog>
  )
}
