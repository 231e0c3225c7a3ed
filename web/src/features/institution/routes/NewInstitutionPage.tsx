import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDraft } from '@/shared/lib/useDraft';
import { Page, TextLink, toast } from '@/shared/ui';
import { useAddInstitution } from '../api/institutions';
import { InstitutionForm } from '../components/InstitutionForm';
import { emptyInstitution } from '../components/institutionForm';

export function NewInstitutionPage() {
  const { t } = useTranslation('institution');
  const navigate = useNavigate();
  const router = useRouter();
  const draft = useDraft('institution', emptyInstitution);
  const add = useAddInstitution();
  return (
    <Page title={t('new')} narrow back={<TextLink to="/institutions">{t('title')}</TextLink>}>
      <InstitutionForm
        initial={draft.initial}
        submitLabel={t('add')}
        onChange={draft.keep}
        onCancel={() => router.history.back()}
        pending={add.isPending}
        error={add.error}
        onSubmit={(body) =>
          add.mutate(body, {
            onSuccess: (added) => {
              draft.forget();
              toast(t('added'));
              void navigate({ to: '/institutions/$institutionId', params: { institutionId: added.id } });
            },
          })
        }
      />
    </Page>
  );
}
