import { Outlet } from '@tanstack/react-router';
import { App } from 'antd';
import { PageBoundary } from '../kit/states/boundary.tsx';

export function Frame() {
  return (
    <App component={false}>
      <PageBoundary waiting={null}>
        <Outlet />
      </PageBoundary>
    </App>
  );
}
