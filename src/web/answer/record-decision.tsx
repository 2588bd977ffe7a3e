import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Answer, DeterminationRequest } from '../api/client.ts'
import { recordDecision } from '../api/decisions.ts'
import { useAsked } from '../household/asked.tsx'
import { useSession } from '../shell/session.tsx'
import { useWords } from '../words/use-words.ts'
import { ReviewDecision } from './review-decision.tsx'

interface RecordProps {
  readonly answer: Answer
  readonly request: DeterminationRequest
}

/** Records the answer as a decision, for those who may. */
export function RecordDecision(props: RecordProps) {
  const { w } = useWords()
  const { token } = useSession()
  const { decision } = useAsked()
  return (
    <section className="card no-print" aria-labelledby="record">
      <h2 id="record" style={{ marginTop: 0 }}>
        {w.record.title}
      </h2>
      {token === null ? (
        <p>
          {w.record.signedOut} <Link href="/sign-in">{w.settings.signIn}</Link>
        </p>
      ) : decision === null ? (
        <RecordForm {...props} token={token} />
      ) : (
        <>
          <p role="status">
            <strong>{w.record.done}</strong>
          </p>
          <dl>
            <dt>{w.record.id}</dt>
            <dd>
              <code>{decision.id}</code>
            </dd>
            <dt>{w.record.recordedAt}</dt>
            <dd>{decision.recordedAt}</dd>
            <dt>{w.record.receipt}</dt>
            <dd>
              <code>{decision.receipt.signature}</code>
            </dd>
          </dl>
          <ReviewDecision answer={props.answer} decision={decision} token={token} />
        </>
      )}
    </section>
  )
}

function RecordForm({ answer, request, token }: RecordProps & { token: string }) {
  const { w } = useWords()
  const { setDecision } = useAsked()
  const titles = new Map(answer.determinations.map(({ programme, title }) => [programme, title]))
  const granted = answer.determinations.filter(({ outcome }) => outcome === 'eligible')
  const [chosen, setChosen] = useState<readonly string[]>([
    ...new Set(granted.map(({ programme }) => programme)),
  ])
  const [caseReference, setCase] = useState('')
  const [purpose, setPurpose] = useState('')
  const [legalBasis, setBasis] = useState('')
  // One key for one form: pressing twice records once.
  const key = useRef(crypto.randomUUID())
  const { asOf, knownAt } = answer
  const recording = useMutation({
    mutationFn: () => {
      const about = { ...request, asOf, knownAt, programmes: [...chosen] }
      const basis = legalBasis === '' ? {} : { legalBasis }
      return recordDecision(token, { ...about, caseReference, purpose, ...basis }, key.current)
    },
    onSuccess: setDecision,
    // The body may be mended now, and another body needs another key.
    onError: () => {
      key.current = crypto.randomUUID()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        recording.mutate()
      }}
    >
      <details className="more">
        <summary>
          {w.record.choose} ({w.common.of(chosen.length, titles.size)})
        </summary>
        <div className="fields">
          {[...titles].map(([programme, title]) => (
            <Checkbox
              key={programme}
              label={title}
              checked={chosen.includes(programme)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen((before) => {
                  const rest = before.filter((one) => one !== programme)
                  return checked ? [...rest, programme] : rest
                })
              }
            />
          ))}
        </div>
      </details>
      <div className="fields">
        <TextInput
          label={w.record.caseReference}
          description={w.record.caseHelp}
          value={caseReference}
          onChange={(event) => setCase(event.currentTarget.value)}
          pattern="[A-Za-z0-9_\-]{1,64}"
          required
        />
        <TextInput
          label={w.record.purpose}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
          maxLength={200}
          required
        />
        <TextInput
          label={w.record.legalBasis}
          value={legalBasis}
          onChange={(event) => setBasis(event.currentTarget.value)}
          maxLength={64}
        />
      </div>
      {recording.error !== null && <p role="alert">{recording.error.message}</p>}
      <Button type="submit" mt="md" loading={recording.isPending} disabled={chosen.length === 0}>
        {w.record.submit}
      </Button>
    </form>
  )
}
