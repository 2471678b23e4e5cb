import styles from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';
import { Scroll } from './scroll.tsx';

/** A text to copy into a shell or a file. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <div className={styles.code}>
      <Scroll label={label}>
        <pre>{text}</pre>
      </Scroll>
      <CopyButton text={text} />
    </div>
  );
}
