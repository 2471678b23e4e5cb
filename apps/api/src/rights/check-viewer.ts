import { forbidden, unauthenticated } from './refusals.ts';
import type { Right } from './right.ts';
import type { Viewer } from './viewer.ts';

/**
 * Whether a viewer may do an operation at all, whatever it is about.
 *
 * @throws DomainError UNAUTHENTICATED, FORBIDDEN
 */
export function checkViewer({ who, scope }: Right, viewer: Viewer): void {
  if (who === 'ANYONE') {
    // Whoever sent a token wants to be somebody, and must not be taken for nobody.
    if (viewer.hasBadToken) throw unauthenticated(viewer);
    if (viewer.hasScope('TRAIN')) throw forbidden("A trainer's token is for taking jobs only.");
    return;
  }
  if (viewer.principal === null) throw unauthenticated(viewer);
  if (!viewer.hasScope(scope)) throw forbidden(`This takes a token with the scope ${scope}.`);
  if (who === 'OPERATOR' && !viewer.principal.isOperator) {
    throw forbidden('This is for who runs the server.');
  }
}
