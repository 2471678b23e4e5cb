import { expect, test } from 'vitest';
import { mapErrors, orderedChannels } from './channel-errors.ts';
import { differenceOf, planeOf, planesOf } from './feature-planes.ts';

// Two by two pixels, three channels; as the API has them, a pixel's channels beside each other.
const teacher = planesOf(Float32Array.of(0, 5, 8, 2, 5, 0, 4, 5, 0, 6, 5, 0), 2, 3);
const student = planesOf(Float32Array.of(1, 5, 6, 2, 5, 2, 4, 4, 0, 5, 4, 0), 2, 3);

test('a channel has its values together, row by row', () => {
  expect([0, 1, 2].map((channel) => [...planeOf(teacher, channel)])).toEqual([
    [0, 2, 4, 6],
    [5, 5, 5, 5],
    [8, 0, 0, 0],
  ]);
  expect([...planeOf(differenceOf(student, teacher), 2)]).toEqual([-2, 2, 0, 0]);
});

test('errors as worked out by hand', () => {
  const { deviation, loss, flatLoss, channels } = mapErrors(teacher, student);
  // Mean 40/12 = 10/3; squares 56 + 100 + 64 = 220; variance (220 − 12 · (10/3)²) / 11 = 7.8788.
  expect(deviation).toBeCloseTo(Math.sqrt((220 - 1200 / 9) / 11), 6);
  // Absolute differences: 2 in the first channel, 2 in the second, 4 in the third.
  expect(loss).toBeCloseTo(8 / 12 / deviation, 6);
  // From the mean 10/3: (10 + 4 + 2 + 8)/3 in the first channel, 4 · 5/3 in the second, (14 + 3 · 10)/3 in the third.
  expect(flatLoss).toBeCloseTo((24 + 20 + 44) / 3 / 12 / deviation, 6);
  expect(channels.map(({ error }) => error * deviation)).toEqual([
    expect.closeTo(0.5, 6),
    expect.closeTo(0.5, 6),
    expect.closeTo(1, 6),
  ]);
  // Their mean is the loss.
  expect(channels.reduce((sum, { error }) => sum + error, 0) / 3).toBeCloseTo(loss, 6);
  // σ of 0, 2, 4, 6 is √(20/3); of 8, 0, 0, 0 it is 4; 5 everywhere has none.
  expect(channels.map(({ own }) => own)).toEqual([
    expect.closeTo(0.5 / Math.sqrt(20 / 3), 6),
    null,
    expect.closeTo(0.25, 6),
  ]);
  expect(channels.map(({ energy }) => energy)).toEqual([14, 25, 16]);
  expect(channels.map((each) => [each.teacherMean, each.studentMean])).toEqual([
    [3, 3],
    [5, 4.5],
    [2, 2],
  ]);
});

test('channels in every order', () => {
  const { channels } = mapErrors(teacher, student);
  expect(orderedChannels(channels, 'channel')).toEqual([0, 1, 2]);
  expect(orderedChannels(channels, 'error')).toEqual([2, 0, 1]);
  // One that is the same everywhere comes last.
  expect(orderedChannels(channels, 'own')).toEqual([2, 0, 1]);
  expect(orderedChannels(channels, 'energy')).toEqual([1, 2, 0]);
  const others = channels.map((each) => ({ ...each, error: each.channel === 1 ? 9 : 0 }));
  expect(orderedChannels(channels, 'gap', others)).toEqual([1, 0, 2]);
  expect(orderedChannels(channels, 'gap')).toEqual([0, 1, 2]);
});

test('a teacher that is the same everywhere divides nothing by zero', () => {
  const flat = planesOf(Float32Array.of(3), 1, 1);
  const { loss, flatLoss, channels } = mapErrors(flat, flat);
  expect([loss, flatLoss, channels[0]?.own]).toEqual([0, 0, null]);
});
