import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { useWords } from '../words/use-words.ts'

/** Says that the answer is about the household as it was before it was changed. */
export function Outdated() {
  const { w } = useWords()
  return (
    <div className="attention" role="alert">
      <p>
        <strong>{w.answer.outdated}</strong>
      </p>
      <p>{w.answer.outdatedHelp}</p>
      <Button component={Link} href="/" variant="default" className="no-print">
        {w.answer.toHousehold}
      </Button>
    </div>
  )
}
