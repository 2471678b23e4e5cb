import { CopyButton } from '../ui/copy-button.tsx';
import { Scroll } from '../ui/scroll.tsx';
import styles from './api-guide.module.css';

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
