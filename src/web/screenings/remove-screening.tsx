import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Asking } from '../api/client.ts'
import { isUnfinished, removeScreening, type Screening } from '../api/screenings.ts'
import { failureText } from '../shell/failure-text.ts'
import { useWords } from '../words/use-words.ts'

interface RemoveProps {
  readonly asking: Asking
  readonly screening: Screening
  readonly removed: () => void
}

/** Cancels a screening at once; removes one that has ended after asking whether that is meant. */
export function RemoveScreening({ asking, screening, removed }: RemoveProps) {
  const { w } = useWords()
  const words = w.screenings.one
  const [sure, setSure] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  const removal = useMutation({
    mutationFn: () => removeScreening(asking, screening.id),
    onSuccess: removed,
  })
  useEffect(() => {
    if (sure) keep.current?.focus()
  }, [sure])
  const unfinished = isUnfinished(screening)
  return (
    <div className="row">
      {removal.error !== null && <p role="alert">{failureText(removal.error, w)}</p>}
      {unfinished ? (
        <Button variant="default" loading={removal.isPending} onClick={() => removal.mutate()}>
          {words.cancel}
        </Button>
      ) : sure ? (
        <>
          <Button color="red.9" loading={removal.isPending} onClick={() => removal.mutate()}>
            {words.removeSure}
          </Button>
          <Button variant="default" ref={keep} onClick={() => setSure(false)}>
            {words.keep}
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={() => setSure(true)}>
          {screening.status === 'finished' ? words.remove : words.forget}
        </Button>
      )}
    </div>
  )
}
