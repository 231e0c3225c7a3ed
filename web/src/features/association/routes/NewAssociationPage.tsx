import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page, TextLink, toast } from '@/shared/ui';
import { useAddAssociation } from '../api/associations';
import { AssociationForm } from '../components/AssociationForm';

export function NewAssociationPage() {
  const { t } = useTranslation('association');
  const navigate = useNavigate();
  const router = useRouter();
  const add = useAddAssociation();
  return (
    <Page title={t('new')} narrow back={<TextLink to="/associations">{t('title')}</TextLink>}>
      <AssociationForm
        submitLabel={t('add')}
        onCancel={() => router.history.back()}
        pending={add.isPending}
        error={add.error}
        onSubmit={(draft) =>
          add.mutate(draft, {
            onSuccess: ({ id }) => {
              toast(t('added'));
              void navigate({ to: '/associations/$associationId', params: { associationId: id } });
            },
          })
        }
      />
    </Page>
  );
}
