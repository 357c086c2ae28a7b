// Which field a rule of meetings is about, so that its sentence stands beside it.

const fields: Record<string, string> = {
  'hearing.in_the_future': 'held_on', 'hearing.no_quorum': 'members_present', 'hearing.votes_too_few': 'votes_for', 'hearing.vote_form': 'voted_one_by_one',
}

export const faultField = (code: string): string | null => fields[code] ?? null

/** They are asked only where something is put to the vote. */
export const votingFields: readonly string[] = ['votes_for', 'chair_spoke_last', 'voted_one_by_one']
