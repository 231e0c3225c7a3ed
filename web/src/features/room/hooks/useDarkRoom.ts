import { useEffect } from 'react';

/**
 * In the call the lights are out, whatever theme the person reads in: dialogs and menus, which live outside of the
 * call's own element, follow the attribute on the page. The person's choice comes back with the end of the call.
 */
export function useDarkRoom(): void {
  useEffect(() => {
    const page = document.documentElement;
    const name = 'data-mantine-color-scheme';
    const before = page.getAttribute(name);
    const darken = () => {
      if (page.getAttribute(name) !== 'dark') page.setAttribute(name, 'dark');
    };
    darken();
    const observer = new MutationObserver(darken);
    observer.observe(page, { attributes: true, attributeFilter: [name] });
    return () => {
      observer.disconnect();
      if (before) page.setAttribute(name, before);
    };
  }, []);
}
