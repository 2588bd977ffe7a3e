import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Answer } from '../api/client.ts'
import { type Decision, reviewDecision } from '../api/decisions.ts'
import { useAsked, useDraft } from '../household/asked.tsx'
import { useSession } from '../shell/session.tsx'
import { useWords } from '../words/use-words.ts'
import { Refusal } from './refusal.tsx'
import { useSubjectName } from './subject-answer.tsx'

interface ReviewProps {
  readonly answer: Answer
  readonly decision: Decision
}

interface ReviewDraft {
  /** Which outcome of the decision. */
  readonly index: number
  readonly outcome: Outcome | ''
  readonly reason: string
}
type Outcome = Decision['outcomes'][number]['outcome']

const FIRST: ReviewDraft = { index: 0, outcome: '', reason: '' }

/** A person confirms or overrides one outcome of a recorded decision, with a reason. */
export function ReviewDecision({ answer, decision }: ReviewProps) {
  const { w, language } = useWords()
  const { token } = useSession()
  const { setDecision } = useAsked()
  const name = useSubjectName()
  const [draft, setDraft] = useDraft<ReviewDraft>('review', () => FIRST)
  const { index, outcome, reason } = draft
  const about = decision.outcomes[index]
  const title = (programme: string) =>
    answer.determinations.find((one) => one.programme === programme)?.title ?? programme
  // A second click comes before the first is painted, and each review is another entry.
  const isSending = useRef(false)
  const reviewing = useMutation({
    mutationFn: async () => {
      if (about === undefined || outcome === '') throw new Error(w.review.outcome)
      const { programme, subject } = about
      return reviewDecision(decision.id, { programme, subject, outcome, reason }, language)
    },
    onSuccess: (review) => {
      setDecision({ ...decision, reviews: [...decision.reviews, review] })
      setDraft(FIRST)
    },
    onSettled: () => {
      isSending.current = false
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (token === null || isSending.current) return
        isSending.current = true
        reviewing.mutate()
      }}
    >
      <h3>{w.review.title}</h3>
      <p>{w.review.help}</p>
      <div className="fields">
        <NativeSelect
          label={w.notice.programme}
          value={String(index)}
          onChange={(event) => setDraft({ index: Number(event.currentTarget.value) })}
          data={decision.outcomes.map(({ programme, subject }, at) => ({
            value: String(at),
            label: `${title(programme)} · ${name(subject)}`,
          }))}
        />
        <NativeSelect
          label={w.review.outcome}
          value={outcome}
          onChange={(event) => setDraft({ outcome: event.currentTarget.value as Outcome })}
          required
          data={[
            { value: '', label: w.review.choose },
            ...Object.entries(w.answer.outcome).map(([value, label]) => ({ value, label })),
          ]}
        />
        <Textarea
          label={w.review.reason}
          description={w.review.reasonHelp}
          value={reason}
          onChange={(event) => setDraft({ reason: event.currentTarget.value })}
          maxLength={2000}
          rows={3}
          required
        />
      </div>
      <Refusal error={reviewing.error} />
      {reviewing.isSuccess && <p role="status">{w.review.done}</p>}
      <Button
        type="submit"
        mt="md"
        variant="default"
        loading={reviewing.isPending}
        disabled={token === null}
      >
        {w.review.submit}
      </Button>
    </form>
  )
}
