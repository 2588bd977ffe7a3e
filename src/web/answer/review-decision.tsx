import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../api/client.ts'
import { type Decision, reviewDecision } from '../api/decisions.ts'
import { useWords } from '../words/use-words.ts'
import { useSubjectName } from './subject-answer.tsx'

interface ReviewProps {
  readonly answer: Answer
  readonly decision: Decision
  readonly token: string
}

/** A person confirms or overrides one outcome of a recorded decision, with a reason. */
export function ReviewDecision({ answer, decision, token }: ReviewProps) {
  const { w } = useWords()
  const name = useSubjectName()
  const [index, setIndex] = useState('0')
  const [outcome, setOutcome] = useState('eligible')
  const [reason, setReason] = useState('')
  const reviewing = useMutation({
    mutationFn: async () => {
      const about = answer.determinations[Number(index)]
      if (about === undefined) return
      const { programme, subject } = about
      await reviewDecision(token, decision.id, { programme, subject, outcome, reason })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        reviewing.mutate()
      }}
    >
      <h3>{w.review.title}</h3>
      <p>{w.review.help}</p>
      <div className="fields">
        <NativeSelect
          label={w.notice.programme}
          value={index}
          onChange={(event) => setIndex(event.currentTarget.value)}
          data={answer.determinations.map(({ title, subject }, at) => ({
            value: String(at),
            label: `${title} · ${name(subject)}`,
          }))}
        />
        <NativeSelect
          label={w.review.outcome}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
          data={Object.entries(w.answer.outcome).map(([value, label]) => ({ value, label }))}
        />
        <TextInput
          label={w.review.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
        />
      </div>
      {reviewing.error !== null && <p role="alert">{reviewing.error.message}</p>}
      {reviewing.isSuccess && <p role="status">{w.review.done}</p>}
      <Button type="submit" mt="md" variant="default" loading={reviewing.isPending}>
        {w.review.submit}
      </Button>
    </form>
  )
}
