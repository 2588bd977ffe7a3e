import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type Answer, ApiProblem, type DeterminationRequest } from '../api/client.ts'
import { recordDecision } from '../api/decisions.ts'
import { useAsked, useDraft } from '../household/asked.tsx'
import { useSession } from '../shell/session.tsx'
import { useWords } from '../words/use-words.ts'
import { Refusal } from './refusal.tsx'

interface RecordProps {
  readonly answer: Answer
  readonly request: DeterminationRequest
}

/** For what case, and which programmes of an answer are recorded. */
interface RecordDraft {
  readonly chosen: readonly string[]
  readonly caseReference: string
  readonly purpose: string
  readonly legalBasis: string
  /** One key for one body: sent twice, also after a lost line, it is recorded once. */
  readonly key: string
}

/** What is recorded, and for what case. */
export function RecordForm({ answer, request }: RecordProps) {
  const { w, language } = useWords()
  const { token } = useSession()
  const { setDecision } = useAsked()
  const titles = new Map(answer.determinations.map(({ programme, title }) => [programme, title]))
  const [draft, setDraft] = useDraft<RecordDraft>('record', () => firstDraft(answer))
  const { chosen, caseReference, purpose, legalBasis, key } = draft
  const change = (part: Partial<RecordDraft>) => setDraft({ ...part, key: newKey() })
  const { asOf, knownAt } = answer
  const recording = useMutation({
    mutationFn: () => {
      const about = { ...request, asOf, knownAt, programmes: [...chosen] }
      const basis = legalBasis === '' ? {} : { legalBasis }
      return recordDecision({ ...about, caseReference, purpose, ...basis }, key, language)
    },
    onSuccess: setDecision,
    onError: (error) => {
      if (error instanceof ApiProblem && error.problem.status === 422) change({})
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (token !== null) recording.mutate()
      }}
    >
      <details className="more">
        <summary>
          {w.common.aside(w.record.choose, w.common.of(chosen.length, titles.size))}
        </summary>
        <div className="fields">
          {[...titles].map(([programme, title]) => (
            <Checkbox
              key={programme}
              label={title}
              checked={chosen.includes(programme)}
              onChange={({ currentTarget: { checked } }) => {
                const rest = chosen.filter((one) => one !== programme)
                change({ chosen: checked ? [...rest, programme] : rest })
              }}
            />
          ))}
        </div>
      </details>
      {chosen.length === 0 && <p>{w.record.chooseOne}</p>}
      <div className="fields">
        <TextInput
          label={w.record.caseReference}
          description={w.record.caseHelp}
          value={caseReference}
          onChange={(event) => change({ caseReference: event.currentTarget.value })}
          pattern="[A-Za-z0-9_\-]{1,64}"
          title={w.record.caseHelp}
          autoComplete="off"
          required
        />
        <TextInput
          label={w.record.purpose}
          description={w.record.purposeHelp}
          value={purpose}
          onChange={(event) => change({ purpose: event.currentTarget.value })}
          maxLength={200}
          autoComplete="off"
          required
        />
        <TextInput
          label={w.record.legalBasis}
          description={w.record.legalBasisHelp}
          value={legalBasis}
          onChange={(event) => change({ legalBasis: event.currentTarget.value })}
          maxLength={64}
          autoComplete="off"
        />
      </div>
      <Refusal error={recording.error} />
      <Button
        type="submit"
        mt="md"
        loading={recording.isPending}
        disabled={chosen.length === 0 || token === null}
      >
        {w.record.submit}
      </Button>
    </form>
  )
}

/** What was granted is recorded unless chosen otherwise. */
function firstDraft({ determinations }: Answer): RecordDraft {
  const granted = determinations.filter(({ outcome }) => outcome === 'eligible')
  const chosen = [...new Set(granted.map(({ programme }) => programme))]
  return { chosen, caseReference: '', purpose: '', legalBasis: '', key: newKey() }
}

const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')
