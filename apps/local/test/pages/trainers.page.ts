import { TrainersDocument, watchSearch } from '@blockwise/client';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** Trainers, what they do for whom, and how one is taken out of work and back. */
export function trainersPage(dashboard: Dashboard): void {
  test('a trainer is drained while a search waits, and the undo lets it go on', async () => {
    await dashboard.finishedSearch();
    const page = await dashboard.open('/');
    await page.getByRole('link', { name: 'finished' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('heading', { level: 1, name: 'Trainers and queue' }).waitFor();
    const { trainers } = await dashboard.client.request(TrainersDocument, {});
    const name = trainers.nodes[0]?.name ?? '';
    const list = page.getByRole('list', { name: 'Trainers' });
    const trainer = list.getByRole('listitem').filter({ hasText: name });
    await trainer.getByText('Ready', { exact: true }).waitFor();

    // It asks once, and the careful answer has the focus: Enter changes nothing.
    await trainer.getByRole('button', { name: `Drain ${name}` }).click();
    await page.keyboard.press('Enter');
    await trainer.getByText('Ready', { exact: true }).waitFor();
    await trainer.getByRole('button', { name: `Drain ${name}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Drain' }).click();
    await trainer.getByText('Drains', { exact: true }).waitFor();

    const search = await dashboard.submit('waits for a trainer');
    const queue = page.getByRole('region', { name: 'Queue' });
    const waiting = queue.getByRole('row').filter({ hasText: 'waits for a trainer' });
    await waiting.getByText('Teacher').waitFor();
    await page.getByText('No trainer takes jobs: 1 job waits for one.').waitFor();

    await page.getByRole('button', { name: 'Undo' }).click();
    await trainer.getByText('Works', { exact: true }).waitFor();
    await trainer.getByRole('link', { name: 'waits for a trainer' }).first().waitFor();
    await queue.getByRole('row').filter({ hasText: 'Teacher' }).waitFor({ state: 'detached' });
    // Nothing was lost by it.
    for await (const _ of watchSearch(dashboard.client, search));
    const ended = page.getByText(/ready for the next job/);
    await ended.waitFor();
  });

  test('what it did for a team is read bar by bar, and the address keeps the window', async () => {
    await dashboard.finishedSearch();
    const page = await dashboard.open('/trainers?window=month');
    const chart = page.getByRole('application', { name: 'Hours of trainers by team' });
    await chart.press('End');
    const today = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone: 'UTC' });
    await page.getByText(today.format(new Date())).waitFor();
    await page.getByText('24 hours').click();
    await expect.poll(() => new URL(page.url()).searchParams.get('window')).toBe('day');
    await page.getByText('GPUs', { exact: true }).click();
    await page.getByText('No GPU worked for your teams in this time.').waitFor();
    await page.getByText('Gone', { exact: true }).click();
    await page.getByText('Every trainer that was ever seen is here.').waitFor();
  });

  test('who is not signed in is asked to', async () => {
    const page = await dashboard.openAsStranger('/trainers');
    await page.getByText('You are not allowed to see this.').waitFor();
  });
}
