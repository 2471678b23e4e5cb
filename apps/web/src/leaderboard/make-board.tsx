'use client';

import {
  type BoardSummaryFragment,
  CreateLeaderboardDocument,
  LeaderboardsDocument,
  SearchListDocument,
} from '@blockwise/client';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isAtLeast } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { useApi, useChange } from '../api/use-api.ts';
import { readAmount } from '../ui/amount.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { Empty } from '../ui/page.tsx';
import { BoardFields, type BoardTexts, errorAt, OtherProblem } from './board-fields.tsx';
import { boardPath } from './board-path.ts';

type Axis = NonNullable<BoardSummaryFragment['budget']>['axis'];

/** Names of costs in the texts of all pages. */
const axes = {
  PARAMS: 'params',
  MACS: 'macs',
  FLOPS_TOOL: 'flopsTool',
  ACTIVATION_BYTES: 'activationBytes',
  LATENCY_MS: 'latencyMs',
} as const satisfies Record<Axis, string>;
const mostSearches = 100;

/** Makes a board of a team's own; for its maintainers. */
export function MakeBoard() {
  const say = useTranslations('leaderboard');
  const { viewer } = useViewer();
  const [isOpen, setOpen] = useState(false);
  const teams = (viewer?.memberships ?? [])
    .filter(({ role }) => isAtLeast(role, 'MAINTAINER'))
    .map(({ team }) => team);
  if (teams.length === 0) return null;
  return (
    <>
      <Button icon={<Plus aria-hidden />} onPress={() => setOpen(true)}>
        {say('make')}
      </Button>
      <Dialog isOpen={isOpen} title={say('makeTitle')} onOpenChange={setOpen}>
        <MakeForm teams={teams} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function MakeForm({
  teams,
  onClose,
}: {
  teams: readonly { readonly id: string; readonly name: string }[];
  onClose: () => void;
}) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  const router = useRouter();
  const [texts, setTexts] = useState<BoardTexts>({ name: '', description: '', visibility: 'TEAM' });
  const [team, setTeam] = useState(teams[0]?.id ?? '');
  const [chosen, setChosen] = useState('');
  const [axis, setAxis] = useState<Axis | ''>('');
  const [most, setMost] = useState('');
  const create = useChange(CreateLeaderboardDocument, {
    renews: [LeaderboardsDocument],
    showsOwnErrors: true,
  });
  const datasets = useDatasets(team);
  const dataset = datasets?.find(({ hash }) => hash === chosen) ?? datasets?.[0];
  const read = readAmount(most);
  const max = 'wrong' in read ? undefined : read.value;
  const submit = () => {
    if (dataset === undefined || (axis !== '' && max === undefined)) return;
    const input = {
      ...texts,
      team,
      datasetHash: dataset.hash,
      budget: axis === '' || max === undefined ? null : { axis, max },
    };
    create.mutate(
      { input },
      { onSuccess: ({ createLeaderboard }) => router.push(boardPath(createLeaderboard.id)) },
    );
  };
  return (
    <Form isColumn label={say('makeTitle')} onSubmit={submit}>
      <BoardFields texts={texts} error={create.error} onChange={setTexts} />
      {teams.length > 1 && (
        <Select
          isLabelAbove
          label={say('team')}
          value={team}
          options={teams.map(({ id, name }) => ({ value: id, name }))}
          onChange={setTeam}
        />
      )}
      {datasets?.length === 0 && <Empty>{say('noDataset')}</Empty>}
      {dataset && (
        <Select
          isLabelAbove
          label={say('dataset')}
          value={dataset.hash}
          options={(datasets ?? []).map(({ hash, name }) => ({ value: hash, name }))}
          onChange={setChosen}
        />
      )}
      <Select
        isLabelAbove
        label={say('budgetName')}
        value={axis}
        options={[
          { value: '', name: say('anyBudget') },
          ...Object.entries(axes).map(([value, key]) => ({
            value: value as Axis,
            name: common(`cost.${key}`),
          })),
        ]}
        onChange={setAxis}
      />
      {axis !== '' && (
        <TextField
          label={say('atMost', { unit: unitOf(axis) })}
          isRequired
          value={most}
          onChange={setMost}
          error={'wrong' in read ? say('wrongAmount') : errorAt(create.error, 'budget')}
        />
      )}
      <OtherProblem error={create.error} fields={['name', 'description', 'budget']} />
      <DialogButtons>
        <Button onPress={onClose}>{common('cancel')}</Button>
        <Button tone="main" type="submit" isDisabled={create.isPending || dataset === undefined}>
          {say('make')}
        </Button>
      </DialogButtons>
    </Form>
  );
}

/** Data that networks of the team were tested on, named by the newest search that used them. */
function useDatasets(team: string) {
  const { data } = useApi(SearchListDocument, { first: mostSearches, filter: { teams: [team] } });
  if (data === undefined) return undefined;
  const names = new Map<string, string>();
  for (const { name, bestTop1, dataset } of data.searches.nodes) {
    if (bestTop1 === null || dataset === null || names.has(dataset.hash)) continue;
    names.set(dataset.hash, `${dataset.kind} ${dataset.hash.slice(0, 8)} (${name})`);
  }
  return [...names].map(([hash, name]) => ({ hash, name }));
}

function unitOf(axis: Axis): string {
  if (axis === 'LATENCY_MS') return 'ms';
  return axis === 'ACTIVATION_BYTES' ? 'bytes' : axes[axis];
}
